import {
  to = gitlabservices_group_phorge.this
  identity = {
    group = "group/subgroup"
  }
}
