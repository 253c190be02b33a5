variable "unify_circuit_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_unify_circuit" "this" {
  project    = "group/project"
  webhook_wo = var.unify_circuit_webhook
}
