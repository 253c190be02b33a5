variable "hipchat_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The people in the room are notified, by messages in yellow.
resource "gitlabservices_group_hipchat" "web" {
  group    = "acme/web"
  token_wo = var.hipchat_token
  room     = "Website"
  color    = "yellow"
  notify   = true
}
