import {
  to = gitlabservices_group_linear.this
  id = "group/subgroup"
}
