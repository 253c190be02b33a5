import {
  to = gitlabservices_linear.this
  identity = {
    project = "group/project"
  }
}
