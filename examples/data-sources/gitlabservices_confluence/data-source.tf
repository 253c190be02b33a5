data "gitlabservices_confluence" "this" {
  project = "group/project"
}
