import {
  to = gitlabservices_group_bugzilla.this
  id = "group/subgroup"
}
