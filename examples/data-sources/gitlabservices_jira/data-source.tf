data "gitlabservices_jira" "this" {
  project = "group/project"
}
