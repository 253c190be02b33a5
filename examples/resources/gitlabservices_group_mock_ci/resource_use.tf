# The mock server has a self-signed certificate.
resource "gitlabservices_group_mock_ci" "web" {
  group                   = "acme/web"
  mock_service_url        = "https://mock-ci.example.com"
  enable_ssl_verification = false
}
