variable "datadog_api_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

# CI Visibility on the European site: pipelines, jobs and their logs, with tags
# for environment and team.
resource "gitlabservices_group_datadog" "web" {
  group                 = "acme/web"
  api_key_wo            = var.datadog_api_key
  datadog_site          = "datadoghq.eu"
  datadog_env           = "production"
  datadog_tags          = "team:web\nregion:eu"
  datadog_ci_visibility = true
  archive_trace_events  = true
}
