data "gitlabservices_custom_issue_tracker" "this" {
  project = "group/project"
}
