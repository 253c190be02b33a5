data "gitlabservices_alerts" "this" {
  project = "group/project"
}
