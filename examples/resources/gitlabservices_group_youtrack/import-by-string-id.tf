import {
  to = gitlabservices_group_youtrack.this
  id = "group/subgroup"
}
