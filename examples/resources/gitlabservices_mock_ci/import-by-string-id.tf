import {
  to = gitlabservices_mock_ci.this
  id = "group/project"
}
