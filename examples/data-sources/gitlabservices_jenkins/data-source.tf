data "gitlabservices_jenkins" "this" {
  project = "group/project"
}
