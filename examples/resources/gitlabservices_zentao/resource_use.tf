variable "zentao_api_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The API has an address of its own, and the product is not the first one.
resource "gitlabservices_zentao" "website" {
  project            = "acme/website"
  url                = "https://zentao.example.com"
  api_url            = "https://api.zentao.example.com"
  api_token_wo       = var.zentao_api_token
  zentao_product_xid = "12"
}
