import {
  to = gitlabservices_mattermost_slash_commands.this
  identity = {
    project = "group/project"
  }
}
