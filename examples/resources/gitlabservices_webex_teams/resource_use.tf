variable "webex_teams_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Issues and merge requests are shown, without confidential ones; pushes are
# not.
resource "gitlabservices_webex_teams" "website" {
  project                    = "acme/website"
  webhook_wo                 = var.webex_teams_webhook
  push_events                = false
  confidential_issues_events = false
  confidential_note_events   = false
}
