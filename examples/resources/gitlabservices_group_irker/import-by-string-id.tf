import {
  to = gitlabservices_group_irker.this
  id = "group/subgroup"
}
