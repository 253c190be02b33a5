import {
  to = gitlabservices_jenkins.this
  identity = {
    project = "group/project"
  }
}
