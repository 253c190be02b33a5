data "gitlabservices_group_telegram" "this" {
  group = "group/subgroup"
}
