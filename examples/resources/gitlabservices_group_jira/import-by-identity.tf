import {
  to = gitlabservices_group_jira.this
  identity = {
    group = "group/subgroup"
  }
}
