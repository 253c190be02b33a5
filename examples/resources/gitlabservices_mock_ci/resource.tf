resource "gitlabservices_mock_ci" "this" {
  project          = "group/project"
  mock_service_url = "https://mock-ci.example.com"
  push_events      = false
}
