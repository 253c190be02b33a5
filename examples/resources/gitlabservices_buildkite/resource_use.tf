variable "buildkite_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Buildkite builds pushes and tags; a merge request shows the build of its
# branch and has none of its own.
resource "gitlabservices_buildkite" "website" {
  project               = "acme/website"
  token_wo              = var.buildkite_token
  project_url           = "https://buildkite.com/example/website"
  merge_requests_events = false
}
