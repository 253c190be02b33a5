variable "mattermost_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Merge requests and failed pipelines have channels of their own; pushes are not
# shown.
resource "gitlabservices_group_mattermost" "web" {
  group                 = "acme/web"
  webhook_wo            = var.mattermost_webhook
  channel               = "website"
  merge_request_channel = "website-review"
  pipeline_channel      = "website-builds"
  push_events           = false
}
