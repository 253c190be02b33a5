import {
  to = gitlabservices_group_matrix.this
  identity = {
    group = "group/subgroup"
  }
}
