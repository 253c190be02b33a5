import {
  to = gitlabservices_group_pushover.this
  identity = {
    group = "group/subgroup"
  }
}
