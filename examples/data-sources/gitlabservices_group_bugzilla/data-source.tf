data "gitlabservices_group_bugzilla" "this" {
  group = "group/subgroup"
}
