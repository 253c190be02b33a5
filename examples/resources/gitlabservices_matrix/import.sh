# By the numeric id or the full path of the project.
terraform import gitlabservices_matrix.this 42
terraform import gitlabservices_matrix.this group/project
