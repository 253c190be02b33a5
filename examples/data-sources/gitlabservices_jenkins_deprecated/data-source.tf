data "gitlabservices_jenkins_deprecated" "this" {
  project = "group/project"
}
