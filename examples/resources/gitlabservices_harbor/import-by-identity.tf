import {
  to = gitlabservices_harbor.this
  identity = {
    project = "group/project"
  }
}
