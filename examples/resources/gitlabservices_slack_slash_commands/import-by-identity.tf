import {
  to = gitlabservices_slack_slash_commands.this
  identity = {
    project = "group/project"
  }
}
