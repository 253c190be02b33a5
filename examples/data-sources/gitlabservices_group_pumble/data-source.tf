data "gitlabservices_group_pumble" "this" {
  group = "group/subgroup"
}
