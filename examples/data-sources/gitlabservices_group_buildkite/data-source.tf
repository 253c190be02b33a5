data "gitlabservices_group_buildkite" "this" {
  group = "group/subgroup"
}
