variable "unify_circuit_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_unify_circuit" "this" {
  group                   = "group/subgroup"
  webhook_wo              = var.unify_circuit_webhook
  branches_to_be_notified = "all"
  push_events             = false
  issues_events           = false
}
