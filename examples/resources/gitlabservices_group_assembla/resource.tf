variable "assembla_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_assembla" "this" {
  group       = "group/subgroup"
  token_wo    = var.assembla_token
  subdomain   = "my-space"
  push_events = false
}
