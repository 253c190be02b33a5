variable "telegram_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Failed pipelines of all branches and merge requests go to one thread of the
# team's chat; pushes do not.
resource "gitlabservices_group_telegram" "web" {
  group                   = "acme/web"
  token_wo                = var.telegram_token
  room                    = "-1001234567890"
  thread                  = "42"
  branches_to_be_notified = "all"
  push_events             = false
  tag_push_events         = false
}
