variable "telegram_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_telegram" "this" {
  group                   = "group/subgroup"
  token_wo                = var.telegram_token
  room                    = "@website"
  thread                  = "42"
  hostname                = "https://telegram.example.com"
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
