variable "mattermost_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_mattermost" "this" {
  group                   = "group/subgroup"
  webhook_wo              = var.mattermost_webhook
  username                = "gitlab"
  channel                 = "#builds"
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
