variable "brand_new_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The service of a group, with a secret that stays out of the state, and without
# an event that GitLab has on by itself.
resource "gitlabservices_service" "acme" {
  group = "acme"
  slug  = "brand-new"

  settings = {
    server_url  = "https://brand-new.example.com"
    priority    = 3
    push_events = false
    labels      = ["bug", "security"]
  }

  secret_settings_wo = {
    token = var.brand_new_token
  }
}
