import {
  to = gitlabservices_group_flowdock.this
  id = "group/subgroup"
}
