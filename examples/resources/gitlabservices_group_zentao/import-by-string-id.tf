import {
  to = gitlabservices_group_zentao.this
  id = "group/subgroup"
}
