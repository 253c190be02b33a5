import {
  to = gitlabservices_group_pivotaltracker.this
  identity = {
    group = "group/subgroup"
  }
}
