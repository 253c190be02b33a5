variable "campfire_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_campfire" "this" {
  project  = "group/project"
  token_wo = var.campfire_token
}
