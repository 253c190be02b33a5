variable "pumble_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_pumble" "this" {
  project                 = "group/project"
  webhook_wo              = var.pumble_webhook
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
