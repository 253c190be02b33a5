# By the numeric id or the full path of the project.
terraform import gitlabservices_ewm.this 42
terraform import gitlabservices_ewm.this group/project
