variable "hangouts_chat_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_hangouts_chat" "this" {
  group      = "group/subgroup"
  webhook_wo = var.hangouts_chat_webhook
}
