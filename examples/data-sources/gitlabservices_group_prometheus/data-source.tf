data "gitlabservices_group_prometheus" "this" {
  group = "group/subgroup"
}
