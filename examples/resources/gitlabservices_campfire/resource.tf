variable "campfire_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_campfire" "this" {
  project     = "group/project"
  token_wo    = var.campfire_token
  subdomain   = "example"
  room        = "123456"
  push_events = false
}
