# By the numeric id or the full path of the project.
terraform import gitlabservices_slack_slash_commands.this 42
terraform import gitlabservices_slack_slash_commands.this group/project
