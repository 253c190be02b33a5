# The required arguments. All events that default to true trigger it.
resource "gitlabservices_pipelines_email" "this" {
  project    = "group/project"
  recipients = "dev@example.com,ops@example.com"
}
