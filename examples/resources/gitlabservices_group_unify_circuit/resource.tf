variable "unify_circuit_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_unify_circuit" "this" {
  group      = "group/subgroup"
  webhook_wo = var.unify_circuit_webhook
}
