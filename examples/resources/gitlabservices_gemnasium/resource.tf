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

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_gemnasium" "this" {
  project    = "group/project"
  api_key_wo = var.gemnasium_api_key
  token_wo   = var.gemnasium_token
}
