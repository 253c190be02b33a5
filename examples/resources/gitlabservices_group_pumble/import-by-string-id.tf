import {
  to = gitlabservices_group_pumble.this
  id = "group/subgroup"
}
