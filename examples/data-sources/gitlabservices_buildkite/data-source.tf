data "gitlabservices_buildkite" "this" {
  project = "group/project"
}
