import {
  to = gitlabservices_group_harbor.this
  id = "group/subgroup"
}
