import {
  to = gitlabservices_group_telegram.this
  identity = {
    group = "group/subgroup"
  }
}
