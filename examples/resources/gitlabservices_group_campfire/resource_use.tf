variable "campfire_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Pushes show in the room of the team.
resource "gitlabservices_group_campfire" "web" {
  group     = "acme/web"
  token_wo  = var.campfire_token
  subdomain = "example"
  room      = "123456"
}
