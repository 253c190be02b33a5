import {
  to = gitlabservices_webex_teams.this
  id = "group/project"
}
