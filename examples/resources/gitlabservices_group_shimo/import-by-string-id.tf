import {
  to = gitlabservices_group_shimo.this
  id = "group/subgroup"
}
