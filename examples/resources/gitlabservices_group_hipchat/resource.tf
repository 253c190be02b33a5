variable "hipchat_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_hipchat" "this" {
  group    = "group/subgroup"
  token_wo = var.hipchat_token
}
