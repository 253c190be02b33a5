# By the numeric id or the full path of the project.
terraform import gitlabservices_clickup.this 42
terraform import gitlabservices_clickup.this group/project
