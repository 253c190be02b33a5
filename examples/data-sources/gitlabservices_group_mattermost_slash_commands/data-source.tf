data "gitlabservices_group_mattermost_slash_commands" "this" {
  group = "group/subgroup"
}
