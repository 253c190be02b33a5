variable "discord_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_discord" "this" {
  project    = "group/project"
  webhook_wo = var.discord_webhook
}
