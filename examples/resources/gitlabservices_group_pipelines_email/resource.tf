# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_pipelines_email" "this" {
  group      = "group/subgroup"
  recipients = "dev@example.com,ops@example.com"
}
