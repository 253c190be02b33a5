import {
  to = gitlabservices_slack_slash_commands.this
  id = "group/project"
}
