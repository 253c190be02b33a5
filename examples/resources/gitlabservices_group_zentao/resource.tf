variable "zentao_api_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments.
resource "gitlabservices_group_zentao" "this" {
  group              = "group/subgroup"
  url                = "https://zentao.example.com"
  api_token_wo       = var.zentao_api_token
  zentao_product_xid = "1"
}
