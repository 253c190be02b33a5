data "gitlabservices_group_harbor" "this" {
  group = "group/subgroup"
}
