data "gitlabservices_bamboo" "this" {
  project = "group/project"
}
