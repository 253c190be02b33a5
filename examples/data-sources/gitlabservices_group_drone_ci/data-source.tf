data "gitlabservices_group_drone_ci" "this" {
  group = "group/subgroup"
}
