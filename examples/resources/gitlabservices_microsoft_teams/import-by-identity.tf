import {
  to = gitlabservices_microsoft_teams.this
  identity = {
    project = "group/project"
  }
}
