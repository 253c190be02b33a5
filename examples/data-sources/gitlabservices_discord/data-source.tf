data "gitlabservices_discord" "this" {
  project = "group/project"
}
