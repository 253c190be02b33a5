variable "datadog_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_datadog" "this" {
  project    = "group/project"
  api_key_wo = var.datadog_api_key
}
