import {
  to = gitlabservices_group_bamboo.this
  identity = {
    group = "group/subgroup"
  }
}
