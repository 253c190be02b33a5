import {
  to = gitlabservices_group_slack.this
  identity = {
    group = "group/subgroup"
  }
}
