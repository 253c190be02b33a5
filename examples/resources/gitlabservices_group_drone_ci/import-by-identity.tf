import {
  to = gitlabservices_group_drone_ci.this
  identity = {
    group = "group/subgroup"
  }
}
