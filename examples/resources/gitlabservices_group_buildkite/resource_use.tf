variable "buildkite_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Buildkite builds pushes and tags; a merge request shows the build of its
# branch and has none of its own.
resource "gitlabservices_group_buildkite" "web" {
  group                 = "acme/web"
  token_wo              = var.buildkite_token
  project_url           = "https://buildkite.com/example/website"
  merge_requests_events = false
}
