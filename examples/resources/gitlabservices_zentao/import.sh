# By the numeric id or the full path of the project.
terraform import gitlabservices_zentao.this 42
terraform import gitlabservices_zentao.this group/project
