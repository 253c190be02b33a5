import {
  to = gitlabservices_mattermost.this
  id = "group/project"
}
