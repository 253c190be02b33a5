variable "slack_slash_commands_tokens" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Each group has a slash command of its own in Slack.
resource "gitlabservices_group_slack_slash_commands" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group    = each.value
  token_wo = var.slack_slash_commands_tokens[each.key]
}
