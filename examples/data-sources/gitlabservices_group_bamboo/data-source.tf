data "gitlabservices_group_bamboo" "this" {
  group = "group/subgroup"
}
