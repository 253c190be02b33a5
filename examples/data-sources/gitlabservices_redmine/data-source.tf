data "gitlabservices_redmine" "this" {
  project = "group/project"
}
