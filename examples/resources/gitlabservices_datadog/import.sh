# By the numeric id or the full path of the project.
terraform import gitlabservices_datadog.this 42
terraform import gitlabservices_datadog.this group/project
