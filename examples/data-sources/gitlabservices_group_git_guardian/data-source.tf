data "gitlabservices_group_git_guardian" "this" {
  group = "group/subgroup"
}
