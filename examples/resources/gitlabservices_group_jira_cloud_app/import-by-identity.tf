import {
  to = gitlabservices_group_jira_cloud_app.this
  identity = {
    group = "group/subgroup"
  }
}
