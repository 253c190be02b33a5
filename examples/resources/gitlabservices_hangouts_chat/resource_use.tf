variable "hangouts_chat_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Failed pipelines of all branches and merge requests are shown; pushes and tags
# are not.
resource "gitlabservices_hangouts_chat" "website" {
  project                 = "acme/website"
  webhook_wo              = var.hangouts_chat_webhook
  branches_to_be_notified = "all"
  push_events             = false
  tag_push_events         = false
}
