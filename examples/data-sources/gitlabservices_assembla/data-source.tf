data "gitlabservices_assembla" "this" {
  project = "group/project"
}
