# By the numeric id or the full path of the project.
terraform import gitlabservices_telegram.this 42
terraform import gitlabservices_telegram.this group/project
