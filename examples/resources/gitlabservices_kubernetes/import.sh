# By the numeric id or the full path of the project.
terraform import gitlabservices_kubernetes.this 42
terraform import gitlabservices_kubernetes.this group/project
