# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_emails_on_push" "this" {
  group      = "group/subgroup"
  recipients = "dev@example.com ops@example.com"
}
