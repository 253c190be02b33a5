import {
  to = gitlabservices_group_shimo.this
  identity = {
    group = "group/subgroup"
  }
}
