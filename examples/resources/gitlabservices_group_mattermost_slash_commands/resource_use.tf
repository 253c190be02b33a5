variable "mattermost_slash_commands_tokens" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Each group has a slash command of its own in Mattermost.
resource "gitlabservices_group_mattermost_slash_commands" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group    = each.value
  token_wo = var.mattermost_slash_commands_tokens[each.key]
}
