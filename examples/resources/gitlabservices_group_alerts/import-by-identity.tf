import {
  to = gitlabservices_group_alerts.this
  identity = {
    group = "group/subgroup"
  }
}
