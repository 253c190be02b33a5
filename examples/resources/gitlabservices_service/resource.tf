variable "token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_service" "this" {
  project = "group/project"
  slug    = "brand-new"

  settings = {
    server_url  = "https://brand-new.example.com"
    priority    = 3
    push_events = true
    labels      = ["bug", "security"]
  }

  secret_settings_wo = {
    token = var.token
  }
}
