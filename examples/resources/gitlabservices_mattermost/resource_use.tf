variable "mattermost_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Merge requests and failed pipelines have channels of their own; pushes are not
# shown.
resource "gitlabservices_mattermost" "website" {
  project               = "acme/website"
  webhook_wo            = var.mattermost_webhook
  channel               = "website"
  merge_request_channel = "website-review"
  pipeline_channel      = "website-builds"
  push_events           = false
}
