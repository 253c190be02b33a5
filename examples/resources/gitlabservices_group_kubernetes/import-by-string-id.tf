import {
  to = gitlabservices_group_kubernetes.this
  id = "group/subgroup"
}
