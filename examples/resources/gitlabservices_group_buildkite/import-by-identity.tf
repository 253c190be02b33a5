import {
  to = gitlabservices_group_buildkite.this
  identity = {
    group = "group/subgroup"
  }
}
