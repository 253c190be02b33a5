variable "github_tokens" {
  type      = map(string)
  sensitive = true
  ephemeral = true
}

# Each project reports to its mirror on GitHub.
resource "gitlabservices_github" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project        = each.value
  token_wo       = var.github_tokens[each.key]
  repository_url = "https://github.com/example/${each.key}"
}
