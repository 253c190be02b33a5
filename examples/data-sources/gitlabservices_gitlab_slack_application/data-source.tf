data "gitlabservices_gitlab_slack_application" "this" {
  project = "group/project"
}
