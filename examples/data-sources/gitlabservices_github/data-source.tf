data "gitlabservices_github" "this" {
  project = "group/project"
}
