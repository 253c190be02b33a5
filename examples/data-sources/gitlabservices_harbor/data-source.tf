data "gitlabservices_harbor" "this" {
  project = "group/project"
}
