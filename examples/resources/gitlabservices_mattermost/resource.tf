variable "mattermost_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_mattermost" "this" {
  project                 = "group/project"
  webhook_wo              = var.mattermost_webhook
  username                = "gitlab"
  channel                 = "#builds"
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
