variable "microsoft_teams_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_microsoft_teams" "this" {
  group      = "group/subgroup"
  webhook_wo = var.microsoft_teams_webhook
}
