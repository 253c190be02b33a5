import {
  to = gitlabservices_group_gemnasium.this
  identity = {
    group = "group/subgroup"
  }
}
