# By the numeric id or the full path of the project.
terraform import gitlabservices_webex_teams.this 42
terraform import gitlabservices_webex_teams.this group/project
