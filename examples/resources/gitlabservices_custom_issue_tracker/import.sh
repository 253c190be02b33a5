# By the numeric id or the full path of the project.
terraform import gitlabservices_custom_issue_tracker.this 42
terraform import gitlabservices_custom_issue_tracker.this group/project
