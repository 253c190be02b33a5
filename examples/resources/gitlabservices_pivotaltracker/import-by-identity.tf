import {
  to = gitlabservices_pivotaltracker.this
  identity = {
    project = "group/project"
  }
}
