variable "mattermost_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_mattermost" "this" {
  project    = "group/project"
  webhook_wo = var.mattermost_webhook
}
