data "gitlabservices_shimo" "this" {
  project = "group/project"
}
