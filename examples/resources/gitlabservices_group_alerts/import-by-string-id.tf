import {
  to = gitlabservices_group_alerts.this
  id = "group/subgroup"
}
