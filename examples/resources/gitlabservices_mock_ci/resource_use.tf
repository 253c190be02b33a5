# The mock server has a self-signed certificate.
resource "gitlabservices_mock_ci" "website" {
  project                 = "acme/website"
  mock_service_url        = "https://mock-ci.example.com"
  enable_ssl_verification = false
}
