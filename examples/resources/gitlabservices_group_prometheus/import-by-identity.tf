import {
  to = gitlabservices_group_prometheus.this
  identity = {
    group = "group/subgroup"
  }
}
