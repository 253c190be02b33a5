import {
  to = gitlabservices_gitlab_slack_application.this
  id = "group/project"
}
