# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_emails_on_push" "this" {
  group      = "group/subgroup"
  recipients = "dev@example.com ops@example.com"
}
