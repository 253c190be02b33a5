import {
  to = gitlabservices_group_diffblue_cover.this
  identity = {
    group = "group/subgroup"
  }
}
