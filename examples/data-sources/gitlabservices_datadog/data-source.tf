data "gitlabservices_datadog" "this" {
  project = "group/project"
}
