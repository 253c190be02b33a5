data "gitlabservices_mock_ci" "this" {
  project = "group/project"
}
