variable "assembla_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_assembla" "this" {
  project  = "group/project"
  token_wo = var.assembla_token
}
