# By the numeric id or the full path of the project.
terraform import gitlabservices_hangouts_chat.this 42
terraform import gitlabservices_hangouts_chat.this group/project
