import {
  to = gitlabservices_group_zentao.this
  identity = {
    group = "group/subgroup"
  }
}
