import {
  to = gitlabservices_microsoft_teams.this
  id = "group/project"
}
