variable "slack_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_slack" "this" {
  group                   = "group/subgroup"
  webhook_wo              = var.slack_webhook
  username                = "gitlab"
  channel                 = "#builds"
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
