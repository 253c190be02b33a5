# The required arguments. All events that default to true trigger it.
resource "gitlabservices_mock_ci" "this" {
  project          = "group/project"
  mock_service_url = "https://mock-ci.example.com"
}
