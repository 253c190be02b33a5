variable "mattermost_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_mattermost" "this" {
  group      = "group/subgroup"
  webhook_wo = var.mattermost_webhook
}
