data "gitlabservices_group_webex_teams" "this" {
  group = "group/subgroup"
}
