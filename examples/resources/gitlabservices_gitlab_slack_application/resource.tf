resource "gitlabservices_gitlab_slack_application" "this" {
  project                 = "group/project"
  channel                 = "#builds"
  branches_to_be_notified = "all"
  labels_to_be_notified   = "~bug,~security"
  push_events             = true
  issues_events           = true
}
