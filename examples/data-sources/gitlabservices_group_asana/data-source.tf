data "gitlabservices_group_asana" "this" {
  group = "group/subgroup"
}
