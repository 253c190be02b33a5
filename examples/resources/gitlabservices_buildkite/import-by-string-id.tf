import {
  to = gitlabservices_buildkite.this
  id = "group/project"
}
