variable "webex_teams_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Issues and merge requests are shown, without confidential ones; pushes are
# not.
resource "gitlabservices_group_webex_teams" "web" {
  group                      = "acme/web"
  webhook_wo                 = var.webex_teams_webhook
  push_events                = false
  confidential_issues_events = false
  confidential_note_events   = false
}
