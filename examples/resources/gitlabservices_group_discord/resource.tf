variable "discord_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "discord_push_channel" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "discord_issue_channel" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_discord" "this" {
  group                   = "group/subgroup"
  webhook_wo              = var.discord_webhook
  branches_to_be_notified = "all"
  push_channel_wo         = var.discord_push_channel
  issue_channel_wo        = var.discord_issue_channel
  push_events             = false
  issues_events           = false
}
