variable "jira_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_jira" "this" {
  group       = "group/subgroup"
  url         = "https://jira.example.com"
  username    = "gitlab@example.com"
  password_wo = var.jira_password
}
