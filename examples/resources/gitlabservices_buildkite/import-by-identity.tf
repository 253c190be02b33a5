import {
  to = gitlabservices_buildkite.this
  identity = {
    project = "group/project"
  }
}
