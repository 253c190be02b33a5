import {
  to = gitlabservices_group_hipchat.this
  identity = {
    group = "group/subgroup"
  }
}
