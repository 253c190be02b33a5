import {
  to = gitlabservices_group_slack.this
  id = "group/subgroup"
}
