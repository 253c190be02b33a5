import {
  to = gitlabservices_webex_teams.this
  identity = {
    project = "group/project"
  }
}
