variable "packagist_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_packagist" "this" {
  project  = "group/project"
  username = "example"
  token_wo = var.packagist_token
}
