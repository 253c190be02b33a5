import {
  to = gitlabservices_jenkins_deprecated.this
  identity = {
    project = "group/project"
  }
}
