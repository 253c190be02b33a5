data "gitlabservices_group_clickup" "this" {
  group = "group/subgroup"
}
