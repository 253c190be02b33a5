variable "jira_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_jira" "this" {
  project     = "group/project"
  url         = "https://jira.example.com"
  username    = "gitlab@example.com"
  password_wo = var.jira_password
}
