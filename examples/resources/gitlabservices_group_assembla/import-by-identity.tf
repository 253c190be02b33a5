import {
  to = gitlabservices_group_assembla.this
  identity = {
    group = "group/subgroup"
  }
}
