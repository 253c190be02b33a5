variable "campfire_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_campfire" "this" {
  group       = "group/subgroup"
  token_wo    = var.campfire_token
  subdomain   = "example"
  room        = "123456"
  push_events = false
}
