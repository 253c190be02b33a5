variable "flowdock_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_flowdock" "this" {
  group       = "group/subgroup"
  token_wo    = var.flowdock_token
  push_events = false
}
