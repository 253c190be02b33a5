data "gitlabservices_group_alerts" "this" {
  group = "group/subgroup"
}
