# By the numeric id or the full path of the project.
terraform import gitlabservices_squash_tm.this 42
terraform import gitlabservices_squash_tm.this group/project
