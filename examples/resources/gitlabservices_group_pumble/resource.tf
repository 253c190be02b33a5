variable "pumble_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_pumble" "this" {
  group                   = "group/subgroup"
  webhook_wo              = var.pumble_webhook
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
