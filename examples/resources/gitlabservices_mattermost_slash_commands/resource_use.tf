variable "mattermost_slash_commands_tokens" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Each project has a slash command of its own in Mattermost.
resource "gitlabservices_mattermost_slash_commands" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project  = each.value
  token_wo = var.mattermost_slash_commands_tokens[each.key]
}
