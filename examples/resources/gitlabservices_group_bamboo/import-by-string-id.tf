import {
  to = gitlabservices_group_bamboo.this
  id = "group/subgroup"
}
