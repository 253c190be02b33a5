import {
  to = gitlabservices_youtrack.this
  identity = {
    project = "group/project"
  }
}
