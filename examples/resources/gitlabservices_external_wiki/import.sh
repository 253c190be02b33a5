# By the numeric id or the full path of the project.
terraform import gitlabservices_external_wiki.this 42
terraform import gitlabservices_external_wiki.this group/project
