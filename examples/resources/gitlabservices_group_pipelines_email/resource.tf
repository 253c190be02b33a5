# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_pipelines_email" "this" {
  group      = "group/subgroup"
  recipients = "dev@example.com,ops@example.com"
}
