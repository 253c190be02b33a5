data "gitlabservices_campfire" "this" {
  project = "group/project"
}
