variable "mattermost_slash_commands_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_group_mattermost_slash_commands" "this" {
  group    = "group/subgroup"
  token_wo = var.mattermost_slash_commands_token
}
