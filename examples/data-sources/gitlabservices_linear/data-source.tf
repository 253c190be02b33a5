data "gitlabservices_linear" "this" {
  project = "group/project"
}
