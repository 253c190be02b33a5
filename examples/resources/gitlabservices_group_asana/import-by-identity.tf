import {
  to = gitlabservices_group_asana.this
  identity = {
    group = "group/subgroup"
  }
}
