import {
  to = gitlabservices_group_mattermost_slash_commands.this
  id = "group/subgroup"
}
