variable "telegram_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_telegram" "this" {
  project  = "group/project"
  token_wo = var.telegram_token
  room     = "@website"
}
