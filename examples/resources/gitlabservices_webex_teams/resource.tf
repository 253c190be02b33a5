variable "webex_teams_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_webex_teams" "this" {
  project    = "group/project"
  webhook_wo = var.webex_teams_webhook
}
