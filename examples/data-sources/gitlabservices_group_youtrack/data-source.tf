data "gitlabservices_group_youtrack" "this" {
  group = "group/subgroup"
}
