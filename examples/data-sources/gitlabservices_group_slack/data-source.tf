data "gitlabservices_group_slack" "this" {
  group = "group/subgroup"
}
