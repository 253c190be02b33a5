import {
  to = gitlabservices_flowdock.this
  identity = {
    project = "group/project"
  }
}
