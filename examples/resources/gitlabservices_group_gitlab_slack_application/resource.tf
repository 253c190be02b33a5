# The required arguments and one event, as none is on by default.
resource "gitlabservices_group_gitlab_slack_application" "this" {
  group       = "group/subgroup"
  push_events = true
}
