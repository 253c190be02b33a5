variable "bamboo_build_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_bamboo" "this" {
  group        = "group/subgroup"
  bamboo_url   = "https://bamboo.example.com"
  build_key_wo = var.bamboo_build_key
}
