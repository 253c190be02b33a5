import {
  to = gitlabservices_irker.this
  identity = {
    project = "group/project"
  }
}
