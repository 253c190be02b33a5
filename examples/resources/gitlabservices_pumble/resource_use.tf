variable "pumble_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Failed pipelines of all branches and comments are shown; pushes and tags are
# not.
resource "gitlabservices_pumble" "website" {
  project                 = "acme/website"
  webhook_wo              = var.pumble_webhook
  branches_to_be_notified = "all"
  push_events             = false
  tag_push_events         = false
}
