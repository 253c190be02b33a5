# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_mock_ci" "this" {
  project          = "group/project"
  mock_service_url = "https://mock-ci.example.com"
}
