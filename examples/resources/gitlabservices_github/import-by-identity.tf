import {
  to = gitlabservices_github.this
  identity = {
    project = "group/project"
  }
}
