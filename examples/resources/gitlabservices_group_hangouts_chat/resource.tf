variable "hangouts_chat_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_hangouts_chat" "this" {
  group                   = "group/subgroup"
  webhook_wo              = var.hangouts_chat_webhook
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
