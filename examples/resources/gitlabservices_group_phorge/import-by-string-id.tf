import {
  to = gitlabservices_group_phorge.this
  id = "group/subgroup"
}
