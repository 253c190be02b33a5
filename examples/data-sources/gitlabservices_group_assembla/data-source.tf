data "gitlabservices_group_assembla" "this" {
  group = "group/subgroup"
}
