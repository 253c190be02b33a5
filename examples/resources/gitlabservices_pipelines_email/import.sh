# By the numeric id or the full path of the project.
terraform import gitlabservices_pipelines_email.this 42
terraform import gitlabservices_pipelines_email.this group/project
