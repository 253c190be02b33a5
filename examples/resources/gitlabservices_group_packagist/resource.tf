variable "packagist_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_packagist" "this" {
  group    = "group/subgroup"
  username = "example"
  token_wo = var.packagist_token
}
