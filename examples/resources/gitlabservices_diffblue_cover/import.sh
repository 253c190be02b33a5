# By the numeric id or the full path of the project.
terraform import gitlabservices_diffblue_cover.this 42
terraform import gitlabservices_diffblue_cover.this group/project
