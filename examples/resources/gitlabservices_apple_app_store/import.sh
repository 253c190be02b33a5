# By the numeric id or the full path of the project.
terraform import gitlabservices_apple_app_store.this 42
terraform import gitlabservices_apple_app_store.this group/project
