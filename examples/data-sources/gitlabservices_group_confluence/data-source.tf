data "gitlabservices_group_confluence" "this" {
  group = "group/subgroup"
}
