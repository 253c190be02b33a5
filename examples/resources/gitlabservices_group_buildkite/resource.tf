variable "buildkite_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_buildkite" "this" {
  group                 = "group/subgroup"
  token_wo              = var.buildkite_token
  project_url           = "https://buildkite.com/example/website"
  push_events           = false
  merge_requests_events = false
}
