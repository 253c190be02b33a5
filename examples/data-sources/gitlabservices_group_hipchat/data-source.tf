data "gitlabservices_group_hipchat" "this" {
  group = "group/subgroup"
}
