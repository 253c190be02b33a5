# By the numeric id or the full path of the group.
terraform import gitlabservices_group_slack_slash_commands.this 42
terraform import gitlabservices_group_slack_slash_commands.this group/subgroup
