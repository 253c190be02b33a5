import {
  to = gitlabservices_group_clickup.this
  identity = {
    group = "group/subgroup"
  }
}
