import {
  to = gitlabservices_pushover.this
  identity = {
    project = "group/project"
  }
}
