variable "webex_teams_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_webex_teams" "this" {
  project    = "group/project"
  webhook_wo = var.webex_teams_webhook
}
