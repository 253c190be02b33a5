# By the numeric id or the full path of the project.
terraform import gitlabservices_git_guardian.this 42
terraform import gitlabservices_git_guardian.this group/project
