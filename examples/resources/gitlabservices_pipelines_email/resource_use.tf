# Two lists learn of every pipeline of protected branches, also of those that
# succeed.
resource "gitlabservices_pipelines_email" "website" {
  project                      = "acme/website"
  recipients                   = "dev@example.com,release@example.com"
  notify_only_broken_pipelines = false
  branches_to_be_notified      = "protected"
}
