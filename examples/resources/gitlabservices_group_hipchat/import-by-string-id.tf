import {
  to = gitlabservices_group_hipchat.this
  id = "group/subgroup"
}
