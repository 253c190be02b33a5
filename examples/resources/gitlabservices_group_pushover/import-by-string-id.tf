import {
  to = gitlabservices_group_pushover.this
  id = "group/subgroup"
}
