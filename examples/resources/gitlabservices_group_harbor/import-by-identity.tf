import {
  to = gitlabservices_group_harbor.this
  identity = {
    group = "group/subgroup"
  }
}
