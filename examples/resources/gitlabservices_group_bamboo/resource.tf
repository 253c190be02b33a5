variable "bamboo_build_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "bamboo_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_bamboo" "this" {
  group        = "group/subgroup"
  bamboo_url   = "https://bamboo.example.com"
  build_key_wo = var.bamboo_build_key
  username     = "gitlab"
  password_wo  = var.bamboo_password
  push_events  = false
}
