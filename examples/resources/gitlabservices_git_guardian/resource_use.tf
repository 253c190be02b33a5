variable "git_guardian_tokens" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Several projects refuse pushes with secrets, each with a token that can be
# revoked alone.
resource "gitlabservices_git_guardian" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project  = each.value
  token_wo = var.git_guardian_tokens[each.key]
}
