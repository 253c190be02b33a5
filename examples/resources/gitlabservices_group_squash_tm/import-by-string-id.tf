import {
  to = gitlabservices_group_squash_tm.this
  id = "group/subgroup"
}
