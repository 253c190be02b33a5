data "gitlabservices_group_campfire" "this" {
  group = "group/subgroup"
}
