import {
  to = gitlabservices_group_linear.this
  identity = {
    group = "group/subgroup"
  }
}
