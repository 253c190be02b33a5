variable "pushover_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "pushover_user_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Pushes ring one phone, also in its quiet hours.
resource "gitlabservices_pushover" "website" {
  project     = "acme/website"
  api_key_wo  = var.pushover_api_key
  user_key_wo = var.pushover_user_key
  priority    = "1"
  device      = "phone"
  sound       = "siren"
}
