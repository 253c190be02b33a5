import {
  to = gitlabservices_group_campfire.this
  id = "group/subgroup"
}
