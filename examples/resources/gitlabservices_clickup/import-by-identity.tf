import {
  to = gitlabservices_clickup.this
  identity = {
    project = "group/project"
  }
}
