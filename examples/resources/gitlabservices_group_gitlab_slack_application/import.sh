# By the numeric id or the full path of the group.
terraform import gitlabservices_group_gitlab_slack_application.this 42
terraform import gitlabservices_group_gitlab_slack_application.this group/subgroup
