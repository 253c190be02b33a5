import {
  to = gitlabservices_group_youtrack.this
  identity = {
    group = "group/subgroup"
  }
}
