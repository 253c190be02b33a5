data "gitlabservices_prometheus" "this" {
  project = "group/project"
}
