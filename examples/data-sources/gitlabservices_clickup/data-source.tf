data "gitlabservices_clickup" "this" {
  project = "group/project"
}
