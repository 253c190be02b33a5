import {
  to = gitlabservices_group_slack_slash_commands.this
  identity = {
    group = "group/subgroup"
  }
}
