resource "gitlabservices_group_mock_ci" "this" {
  group            = "group/subgroup"
  mock_service_url = "https://mock-ci.example.com"
  push_events      = false
}
