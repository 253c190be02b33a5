# By the numeric id or the full path of the project.
terraform import gitlabservices_emails_on_push.this 42
terraform import gitlabservices_emails_on_push.this group/project
