import {
  to = gitlabservices_mattermost_slash_commands.this
  id = "group/project"
}
