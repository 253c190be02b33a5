data "gitlabservices_group_teamcity" "this" {
  group = "group/subgroup"
}
