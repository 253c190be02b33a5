variable "hipchat_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The people in the room are notified, by messages in yellow.
resource "gitlabservices_hipchat" "website" {
  project  = "acme/website"
  token_wo = var.hipchat_token
  room     = "Website"
  color    = "yellow"
  notify   = true
}
