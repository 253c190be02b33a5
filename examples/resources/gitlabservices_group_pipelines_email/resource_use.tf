# Two lists learn of every pipeline of protected branches, also of those that
# succeed.
resource "gitlabservices_group_pipelines_email" "web" {
  group                        = "acme/web"
  recipients                   = "dev@example.com,release@example.com"
  notify_only_broken_pipelines = false
  branches_to_be_notified      = "protected"
}
