variable "campfire_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Pushes show in the room of the team.
resource "gitlabservices_campfire" "website" {
  project   = "acme/website"
  token_wo  = var.campfire_token
  subdomain = "example"
  room      = "123456"
}
