variable "microsoft_teams_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Failed pipelines of protected branches and merge requests are shown; pushes
# and tags are not.
resource "gitlabservices_group_microsoft_teams" "web" {
  group                   = "acme/web"
  webhook_wo              = var.microsoft_teams_webhook
  branches_to_be_notified = "protected"
  push_events             = false
  tag_push_events         = false
}
