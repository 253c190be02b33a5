variable "slack_slash_commands_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_slack_slash_commands" "this" {
  project  = "group/project"
  token_wo = var.slack_slash_commands_token
}
