import {
  to = gitlabservices_group_irker.this
  identity = {
    group = "group/subgroup"
  }
}
