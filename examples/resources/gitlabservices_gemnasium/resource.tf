variable "gemnasium_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "gemnasium_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_gemnasium" "this" {
  project    = "group/project"
  api_key_wo = var.gemnasium_api_key
  token_wo   = var.gemnasium_token
}
