variable "pushover_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "pushover_user_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_pushover" "this" {
  group       = "group/subgroup"
  api_key_wo  = var.pushover_api_key
  user_key_wo = var.pushover_user_key
  priority    = "0"
}
