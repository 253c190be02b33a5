import {
  to = gitlabservices_group_bugzilla.this
  identity = {
    group = "group/subgroup"
  }
}
