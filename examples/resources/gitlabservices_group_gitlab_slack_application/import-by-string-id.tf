import {
  to = gitlabservices_group_gitlab_slack_application.this
  id = "group/subgroup"
}
