data "gitlabservices_gemnasium" "this" {
  project = "group/project"
}
