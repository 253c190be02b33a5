import {
  to = gitlabservices_group_confluence.this
  identity = {
    group = "group/subgroup"
  }
}
