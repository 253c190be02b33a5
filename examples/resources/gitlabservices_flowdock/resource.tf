variable "flowdock_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_flowdock" "this" {
  project     = "group/project"
  token_wo    = var.flowdock_token
  push_events = false
}
