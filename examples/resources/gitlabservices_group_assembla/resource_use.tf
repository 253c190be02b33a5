variable "assembla_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Commits show in the space of the team.
resource "gitlabservices_group_assembla" "web" {
  group     = "acme/web"
  token_wo  = var.assembla_token
  subdomain = "web-team"
}
