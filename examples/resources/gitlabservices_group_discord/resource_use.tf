variable "discord_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "discord_merge_request_channel" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Merge requests have a channel of their own, and failed pipelines of all
# branches are shown; pushes are not.
resource "gitlabservices_group_discord" "web" {
  group                    = "acme/web"
  webhook_wo               = var.discord_webhook
  branches_to_be_notified  = "all"
  merge_request_channel_wo = var.discord_merge_request_channel
  push_events              = false
  tag_push_events          = false
}
