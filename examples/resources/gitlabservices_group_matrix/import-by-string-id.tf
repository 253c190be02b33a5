import {
  to = gitlabservices_group_matrix.this
  id = "group/subgroup"
}
