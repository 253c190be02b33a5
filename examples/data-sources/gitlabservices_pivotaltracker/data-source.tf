data "gitlabservices_pivotaltracker" "this" {
  project = "group/project"
}
