variable "assembla_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Commits show in the space of the team.
resource "gitlabservices_assembla" "website" {
  project   = "acme/website"
  token_wo  = var.assembla_token
  subdomain = "web-team"
}
