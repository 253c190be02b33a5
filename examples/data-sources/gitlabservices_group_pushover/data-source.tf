data "gitlabservices_group_pushover" "this" {
  group = "group/subgroup"
}
