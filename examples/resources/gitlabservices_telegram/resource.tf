variable "telegram_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_telegram" "this" {
  project  = "group/project"
  token_wo = var.telegram_token
  room     = "@website"
}
