# By the numeric id or the full path of the project.
terraform import gitlabservices_microsoft_teams.this 42
terraform import gitlabservices_microsoft_teams.this group/project
