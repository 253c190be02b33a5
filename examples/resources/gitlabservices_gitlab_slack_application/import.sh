# By the numeric id or the full path of the project.
terraform import gitlabservices_gitlab_slack_application.this 42
terraform import gitlabservices_gitlab_slack_application.this group/project
