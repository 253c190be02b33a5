data "gitlabservices_group_flowdock" "this" {
  group = "group/subgroup"
}
