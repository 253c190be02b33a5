variable "datadog_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_datadog" "this" {
  group                 = "group/subgroup"
  api_key_wo            = var.datadog_api_key
  datadog_site          = "datadoghq.eu"
  datadog_service       = "gitlab"
  datadog_env           = "production"
  push_events           = false
  merge_requests_events = false
}
