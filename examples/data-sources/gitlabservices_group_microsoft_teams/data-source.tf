data "gitlabservices_group_microsoft_teams" "this" {
  group = "group/subgroup"
}
