import {
  to = gitlabservices_group_buildkite.this
  id = "group/subgroup"
}
