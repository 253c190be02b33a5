# By the numeric id or the full path of the project.
terraform import gitlabservices_jira_cloud_app.this 42
terraform import gitlabservices_jira_cloud_app.this group/project
