data "gitlabservices_group_slack_slash_commands" "this" {
  group = "group/subgroup"
}
