import {
  to = gitlabservices_group_telegram.this
  id = "group/subgroup"
}
