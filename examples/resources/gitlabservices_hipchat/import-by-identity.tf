import {
  to = gitlabservices_hipchat.this
  identity = {
    project = "group/project"
  }
}
