data "gitlabservices_group_ewm" "this" {
  group = "group/subgroup"
}
