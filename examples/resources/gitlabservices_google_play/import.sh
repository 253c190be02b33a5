# By the numeric id or the full path of the project.
terraform import gitlabservices_google_play.this 42
terraform import gitlabservices_google_play.this group/project
