import {
  to = gitlabservices_group_pivotaltracker.this
  id = "group/subgroup"
}
