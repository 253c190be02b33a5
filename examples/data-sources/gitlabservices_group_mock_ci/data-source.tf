data "gitlabservices_group_mock_ci" "this" {
  group = "group/subgroup"
}
