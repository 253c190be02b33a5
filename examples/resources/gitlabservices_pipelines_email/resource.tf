resource "gitlabservices_pipelines_email" "this" {
  project                 = "group/project"
  recipients              = "dev@example.com,ops@example.com"
  branches_to_be_notified = "all"
  pipeline_events         = false
}
