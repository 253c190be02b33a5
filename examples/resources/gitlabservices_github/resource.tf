variable "github_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_github" "this" {
  project        = "group/project"
  token_wo       = var.github_token
  repository_url = "https://github.com/example/website"
}
