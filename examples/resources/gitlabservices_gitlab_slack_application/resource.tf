# The required arguments and one event, as none is on by default.
resource "gitlabservices_gitlab_slack_application" "this" {
  project     = "group/project"
  push_events = true
}
