data "gitlabservices_pushover" "this" {
  project = "group/project"
}
