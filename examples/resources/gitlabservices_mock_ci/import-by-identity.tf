import {
  to = gitlabservices_mock_ci.this
  identity = {
    project = "group/project"
  }
}
