data "gitlabservices_asana" "this" {
  project = "group/project"
}
