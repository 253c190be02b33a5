variable "packagist_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# A Packagist server of one's own learns of pushes and tags; merge requests
# publish nothing.
resource "gitlabservices_group_packagist" "web" {
  group                 = "acme/web"
  username              = "example"
  token_wo              = var.packagist_token
  server                = "https://packagist.example.com"
  merge_requests_events = false
}
