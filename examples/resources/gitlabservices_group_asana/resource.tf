variable "asana_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_asana" "this" {
  group      = "group/subgroup"
  api_key_wo = var.asana_api_key
}
