data "gitlabservices_pipelines_email" "this" {
  project = "group/project"
}
