# The mock server has a certificate that nobody has signed.
resource "gitlabservices_group_mock_ci" "web" {
  group                   = "acme/web"
  mock_service_url        = "https://mock-ci.example.com"
  enable_ssl_verification = false
}
