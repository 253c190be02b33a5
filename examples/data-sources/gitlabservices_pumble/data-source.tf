data "gitlabservices_pumble" "this" {
  project = "group/project"
}
