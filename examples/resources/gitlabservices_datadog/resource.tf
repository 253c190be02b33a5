variable "datadog_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The required arguments. All events that default to true trigger it.
resource "gitlabservices_datadog" "this" {
  project    = "group/project"
  api_key_wo = var.datadog_api_key
}
