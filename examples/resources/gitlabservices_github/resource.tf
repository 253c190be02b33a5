variable "github_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_github" "this" {
  project         = "group/project"
  token_wo        = var.github_token
  repository_url  = "https://github.com/example/website"
  pipeline_events = false
}
