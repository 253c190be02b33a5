data "gitlabservices_group_diffblue_cover" "this" {
  group = "group/subgroup"
}
