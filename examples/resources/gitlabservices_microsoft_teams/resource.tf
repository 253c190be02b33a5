variable "microsoft_teams_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_microsoft_teams" "this" {
  project    = "group/project"
  webhook_wo = var.microsoft_teams_webhook
}
