import {
  to = gitlabservices_group_drone_ci.this
  id = "group/subgroup"
}
