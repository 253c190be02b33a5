variable "github_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_github" "this" {
  project        = "group/project"
  token_wo       = var.github_token
  repository_url = "https://github.com/example/website"
}
