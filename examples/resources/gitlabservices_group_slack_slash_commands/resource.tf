variable "slack_slash_commands_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_group_slack_slash_commands" "this" {
  group    = "group/subgroup"
  token_wo = var.slack_slash_commands_token
}
