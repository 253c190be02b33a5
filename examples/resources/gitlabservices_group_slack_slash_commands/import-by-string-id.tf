import {
  to = gitlabservices_group_slack_slash_commands.this
  id = "group/subgroup"
}
