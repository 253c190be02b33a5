variable "bamboo_build_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_bamboo" "this" {
  group        = "group/subgroup"
  bamboo_url   = "https://bamboo.example.com"
  build_key_wo = var.bamboo_build_key
}
