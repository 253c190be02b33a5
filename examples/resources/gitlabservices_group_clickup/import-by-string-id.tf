import {
  to = gitlabservices_group_clickup.this
  id = "group/subgroup"
}
