import {
  to = gitlabservices_gitlab_slack_application.this
  identity = {
    project = "group/project"
  }
}
