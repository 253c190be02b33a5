resource "gitlabservices_group_pipelines_email" "this" {
  group                   = "group/subgroup"
  recipients              = "dev@example.com,ops@example.com"
  branches_to_be_notified = "all"
  pipeline_events         = false
}
