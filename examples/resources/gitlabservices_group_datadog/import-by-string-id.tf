import {
  to = gitlabservices_group_datadog.this
  id = "group/subgroup"
}
