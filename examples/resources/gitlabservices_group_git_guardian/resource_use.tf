variable "git_guardian_tokens" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Several groups refuse pushes with secrets, each with a token that can be
# revoked alone.
resource "gitlabservices_group_git_guardian" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group    = each.value
  token_wo = var.git_guardian_tokens[each.key]
}
