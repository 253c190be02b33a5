data "gitlabservices_group_pivotaltracker" "this" {
  group = "group/subgroup"
}
