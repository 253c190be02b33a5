import {
  to = gitlabservices_group_jira.this
  id = "group/subgroup"
}
