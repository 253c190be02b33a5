data "gitlabservices_bugzilla" "this" {
  project = "group/project"
}
