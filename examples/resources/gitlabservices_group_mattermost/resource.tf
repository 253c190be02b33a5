variable "mattermost_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_mattermost" "this" {
  group      = "group/subgroup"
  webhook_wo = var.mattermost_webhook
}
