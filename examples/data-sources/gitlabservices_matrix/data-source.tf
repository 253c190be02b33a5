data "gitlabservices_matrix" "this" {
  project = "group/project"
}
