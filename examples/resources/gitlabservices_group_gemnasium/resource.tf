variable "gemnasium_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "gemnasium_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_gemnasium" "this" {
  group      = "group/subgroup"
  api_key_wo = var.gemnasium_api_key
  token_wo   = var.gemnasium_token
}
