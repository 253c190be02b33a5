variable "prometheus_google_iap_service_account_json" {
  type      = string
  sensitive = true
  ephemeral = true
}

# The server is behind Google's Identity-Aware Proxy.
resource "gitlabservices_group_prometheus" "web" {
  group                              = "acme/web"
  api_url                            = "https://prometheus.example.com"
  google_iap_audience_client_id      = "1234.apps.googleusercontent.com"
  google_iap_service_account_json_wo = var.prometheus_google_iap_service_account_json
}
