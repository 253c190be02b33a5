resource "gitlabservices_group_emails_on_push" "this" {
  group                   = "group/subgroup"
  recipients              = "dev@example.com ops@example.com"
  branches_to_be_notified = "default"
  push_events             = false
  tag_push_events         = false
}
