data "gitlabservices_kubernetes" "this" {
  project = "group/project"
}
