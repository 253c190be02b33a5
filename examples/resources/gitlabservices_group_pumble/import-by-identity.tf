import {
  to = gitlabservices_group_pumble.this
  identity = {
    group = "group/subgroup"
  }
}
