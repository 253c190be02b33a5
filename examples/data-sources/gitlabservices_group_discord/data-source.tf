data "gitlabservices_group_discord" "this" {
  group = "group/subgroup"
}
