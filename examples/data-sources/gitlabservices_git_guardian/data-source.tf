data "gitlabservices_git_guardian" "this" {
  project = "group/project"
}
