variable "buildkite_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_buildkite" "this" {
  project     = "group/project"
  token_wo    = var.buildkite_token
  project_url = "https://buildkite.com/example/website"
}
