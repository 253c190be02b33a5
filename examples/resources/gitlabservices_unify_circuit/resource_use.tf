variable "unify_circuit_webhook" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Every pipeline of protected branches is shown, also those that succeed;
# comments are not.
resource "gitlabservices_unify_circuit" "website" {
  project                      = "acme/website"
  webhook_wo                   = var.unify_circuit_webhook
  notify_only_broken_pipelines = false
  branches_to_be_notified      = "protected"
  note_events                  = false
  confidential_note_events     = false
}
