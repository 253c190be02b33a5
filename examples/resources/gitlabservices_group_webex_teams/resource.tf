variable "webex_teams_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_webex_teams" "this" {
  group                   = "group/subgroup"
  webhook_wo              = var.webex_teams_webhook
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
