import {
  to = gitlabservices_group_datadog.this
  identity = {
    group = "group/subgroup"
  }
}
