# Two lists learn of pushes to protected branches, by mails without the code.
resource "gitlabservices_group_emails_on_push" "web" {
  group                   = "acme/web"
  recipients              = "dev@example.com release@example.com"
  disable_diffs           = true
  branches_to_be_notified = "protected"
}
