import {
  to = gitlabservices_group_squash_tm.this
  identity = {
    group = "group/subgroup"
  }
}
