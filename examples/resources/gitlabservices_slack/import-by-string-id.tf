import {
  to = gitlabservices_slack.this
  id = "group/project"
}
