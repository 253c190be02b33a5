variable "jira_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Only keys of one Jira project count, and a commit that closes an issue moves
# it through transition 41, without a comment.
resource "gitlabservices_jira" "website" {
  project                  = "acme/website"
  url                      = "https://jira.example.com"
  username                 = "gitlab@example.com"
  password_wo              = var.jira_password
  jira_issue_transition_id = "41"
  jira_issue_regex         = "WEB-\\d+"
  comment_on_event_enabled = false
}
