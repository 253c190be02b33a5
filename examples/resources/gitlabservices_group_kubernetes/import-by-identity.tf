import {
  to = gitlabservices_group_kubernetes.this
  identity = {
    group = "group/subgroup"
  }
}
