variable "discord_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_discord" "this" {
  group      = "group/subgroup"
  webhook_wo = var.discord_webhook
}
