# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_mock_ci" "this" {
  group            = "group/subgroup"
  mock_service_url = "https://mock-ci.example.com"
}
