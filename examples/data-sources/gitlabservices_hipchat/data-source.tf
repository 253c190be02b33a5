data "gitlabservices_hipchat" "this" {
  project = "group/project"
}
