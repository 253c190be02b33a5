import {
  to = gitlabservices_drone_ci.this
  identity = {
    project = "group/project"
  }
}
