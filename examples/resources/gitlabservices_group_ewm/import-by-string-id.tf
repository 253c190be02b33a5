import {
  to = gitlabservices_group_ewm.this
  id = "group/subgroup"
}
