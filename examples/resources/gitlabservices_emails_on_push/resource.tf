# The required arguments. All events that default to true trigger it.
resource "gitlabservices_emails_on_push" "this" {
  project    = "group/project"
  recipients = "dev@example.com ops@example.com"
}
