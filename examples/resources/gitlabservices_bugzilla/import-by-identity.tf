import {
  to = gitlabservices_bugzilla.this
  identity = {
    project = "group/project"
  }
}
