variable "assembla_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_assembla" "this" {
  project  = "group/project"
  token_wo = var.assembla_token
}
