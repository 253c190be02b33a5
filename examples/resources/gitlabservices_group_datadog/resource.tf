variable "datadog_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_datadog" "this" {
  group      = "group/subgroup"
  api_key_wo = var.datadog_api_key
}
