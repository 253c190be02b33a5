import {
  to = gitlabservices_group_assembla.this
  id = "group/subgroup"
}
