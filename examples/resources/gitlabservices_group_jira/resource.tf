variable "jira_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_jira" "this" {
  group                    = "group/subgroup"
  url                      = "https://jira.example.com"
  api_url                  = "https://api.jira.example.com"
  jira_auth_type           = 1
  username                 = "gitlab@example.com"
  password_wo              = var.jira_password
  jira_issue_transition_id = "31,41"
  commit_events            = false
  merge_requests_events    = false
}
