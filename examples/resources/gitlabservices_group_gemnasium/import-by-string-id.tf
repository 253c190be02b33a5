import {
  to = gitlabservices_group_gemnasium.this
  id = "group/subgroup"
}
