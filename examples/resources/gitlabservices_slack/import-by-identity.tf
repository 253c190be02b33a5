import {
  to = gitlabservices_slack.this
  identity = {
    project = "group/project"
  }
}
