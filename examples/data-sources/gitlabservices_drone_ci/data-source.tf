data "gitlabservices_drone_ci" "this" {
  project = "group/project"
}
