variable "pumble_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_pumble" "this" {
  project    = "group/project"
  webhook_wo = var.pumble_webhook
}
