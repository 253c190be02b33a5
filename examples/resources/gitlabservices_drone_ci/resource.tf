variable "drone_ci_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_drone_ci" "this" {
  project               = "group/project"
  token_wo              = var.drone_ci_token
  drone_url             = "https://drone.example.com"
  push_events           = false
  merge_requests_events = false
}
