import {
  to = gitlabservices_group_flowdock.this
  identity = {
    group = "group/subgroup"
  }
}
