data "gitlabservices_group_gemnasium" "this" {
  group = "group/subgroup"
}
