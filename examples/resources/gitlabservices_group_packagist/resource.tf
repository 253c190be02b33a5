variable "packagist_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_packagist" "this" {
  group    = "group/subgroup"
  username = "example"
  token_wo = var.packagist_token
}
