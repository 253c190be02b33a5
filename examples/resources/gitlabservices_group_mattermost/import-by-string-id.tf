import {
  to = gitlabservices_group_mattermost.this
  id = "group/subgroup"
}
