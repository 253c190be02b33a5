import {
  to = gitlabservices_ewm.this
  identity = {
    project = "group/project"
  }
}
