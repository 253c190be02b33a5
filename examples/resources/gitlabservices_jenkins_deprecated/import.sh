# By the numeric id or the full path of the project.
terraform import gitlabservices_jenkins_deprecated.this 42
terraform import gitlabservices_jenkins_deprecated.this group/project
