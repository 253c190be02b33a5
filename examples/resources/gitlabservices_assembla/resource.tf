variable "assembla_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_assembla" "this" {
  project     = "group/project"
  token_wo    = var.assembla_token
  subdomain   = "my-space"
  push_events = false
}
