import {
  to = gitlabservices_group_asana.this
  id = "group/subgroup"
}
