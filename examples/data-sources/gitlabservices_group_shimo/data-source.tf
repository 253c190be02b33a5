data "gitlabservices_group_shimo" "this" {
  group = "group/subgroup"
}
