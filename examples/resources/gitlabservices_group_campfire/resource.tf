variable "campfire_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_campfire" "this" {
  group    = "group/subgroup"
  token_wo = var.campfire_token
}
