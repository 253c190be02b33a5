variable "unify_circuit_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_unify_circuit" "this" {
  project    = "group/project"
  webhook_wo = var.unify_circuit_webhook
}
