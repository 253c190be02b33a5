import {
  to = gitlabservices_group_gitlab_slack_application.this
  identity = {
    group = "group/subgroup"
  }
}
