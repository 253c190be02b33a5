variable "microsoft_teams_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_microsoft_teams" "this" {
  group                   = "group/subgroup"
  webhook_wo              = var.microsoft_teams_webhook
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
