import {
  to = gitlabservices_group_mock_ci.this
  identity = {
    group = "group/subgroup"
  }
}
