# By the numeric id or the full path of the project.
terraform import gitlabservices_confluence.this 42
terraform import gitlabservices_confluence.this group/project
