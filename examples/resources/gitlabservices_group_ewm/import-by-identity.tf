import {
  to = gitlabservices_group_ewm.this
  identity = {
    group = "group/subgroup"
  }
}
