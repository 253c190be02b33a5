# By the numeric id or the full path of the group.
terraform import gitlabservices_group_jira_cloud_app.this 42
terraform import gitlabservices_group_jira_cloud_app.this group/subgroup
