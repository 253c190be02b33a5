# Two lists learn of pushes to protected branches, by mails without the code.
resource "gitlabservices_emails_on_push" "website" {
  project                 = "acme/website"
  recipients              = "dev@example.com release@example.com"
  disable_diffs           = true
  branches_to_be_notified = "protected"
}
