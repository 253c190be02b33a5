import {
  to = gitlabservices_group_diffblue_cover.this
  id = "group/subgroup"
}
