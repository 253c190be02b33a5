variable "packagist_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_packagist" "this" {
  group                 = "group/subgroup"
  username              = "example"
  token_wo              = var.packagist_token
  server                = "https://packagist.example.com"
  push_events           = false
  merge_requests_events = false
}
