import {
  to = gitlabservices_group_campfire.this
  identity = {
    group = "group/subgroup"
  }
}
