import {
  to = gitlabservices_mattermost.this
  identity = {
    project = "group/project"
  }
}
