# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_mock_ci" "this" {
  group            = "group/subgroup"
  mock_service_url = "https://mock-ci.example.com"
}
