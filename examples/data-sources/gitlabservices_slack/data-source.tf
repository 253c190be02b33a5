data "gitlabservices_slack" "this" {
  project = "group/project"
}
