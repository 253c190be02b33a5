import {
  to = gitlabservices_group_mattermost.this
  identity = {
    group = "group/subgroup"
  }
}
