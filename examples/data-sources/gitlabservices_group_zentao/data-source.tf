data "gitlabservices_group_zentao" "this" {
  group = "group/subgroup"
}
