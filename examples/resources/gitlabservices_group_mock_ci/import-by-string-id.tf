import {
  to = gitlabservices_group_mock_ci.this
  id = "group/subgroup"
}
