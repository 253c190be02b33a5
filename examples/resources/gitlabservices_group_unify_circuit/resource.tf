variable "unify_circuit_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_unify_circuit" "this" {
  group      = "group/subgroup"
  webhook_wo = var.unify_circuit_webhook
}
