variable "prometheus_google_iap_service_account_json" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "gitlabservices_group_prometheus" "this" {
  group                              = "group/subgroup"
  api_url                            = "https://prometheus.example.com"
  google_iap_audience_client_id      = "1234.apps.googleusercontent.com"
  google_iap_service_account_json_wo = var.prometheus_google_iap_service_account_json
}
