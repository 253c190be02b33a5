import {
  to = gitlabservices_group_prometheus.this
  id = "group/subgroup"
}
