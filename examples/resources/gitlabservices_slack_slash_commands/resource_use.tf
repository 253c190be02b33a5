variable "slack_slash_commands_tokens" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Each project has a slash command of its own in Slack.
resource "gitlabservices_slack_slash_commands" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project  = each.value
  token_wo = var.slack_slash_commands_tokens[each.key]
}
