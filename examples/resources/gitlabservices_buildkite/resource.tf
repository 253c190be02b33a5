variable "buildkite_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_buildkite" "this" {
  project               = "group/project"
  token_wo              = var.buildkite_token
  project_url           = "https://buildkite.com/example/website"
  push_events           = false
  merge_requests_events = false
}
