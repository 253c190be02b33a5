# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_emails_on_push" "this" {
  project    = "group/project"
  recipients = "dev@example.com ops@example.com"
}
