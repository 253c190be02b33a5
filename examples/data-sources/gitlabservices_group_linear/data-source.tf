data "gitlabservices_group_linear" "this" {
  group = "group/subgroup"
}
