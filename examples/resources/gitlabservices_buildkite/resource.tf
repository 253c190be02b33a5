variable "buildkite_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_buildkite" "this" {
  project     = "group/project"
  token_wo    = var.buildkite_token
  project_url = "https://buildkite.com/example/website"
}
