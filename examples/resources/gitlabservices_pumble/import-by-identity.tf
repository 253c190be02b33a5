import {
  to = gitlabservices_pumble.this
  identity = {
    project = "group/project"
  }
}
