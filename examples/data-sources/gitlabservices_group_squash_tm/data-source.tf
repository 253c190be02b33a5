data "gitlabservices_group_squash_tm" "this" {
  group = "group/subgroup"
}
