resource "gitlabservices_group_gitlab_slack_application" "this" {
  group                   = "group/subgroup"
  channel                 = "#builds"
  branches_to_be_notified = "all"
  labels_to_be_notified   = "~bug,~security"
  push_events             = true
  issues_events           = true
}
