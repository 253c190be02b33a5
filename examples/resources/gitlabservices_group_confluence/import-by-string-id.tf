import {
  to = gitlabservices_group_confluence.this
  id = "group/subgroup"
}
