data "gitlabservices_diffblue_cover" "this" {
  project = "group/project"
}
