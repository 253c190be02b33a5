variable "jira_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_jira" "this" {
  group       = "group/subgroup"
  url         = "https://jira.example.com"
  username    = "gitlab@example.com"
  password_wo = var.jira_password
}
