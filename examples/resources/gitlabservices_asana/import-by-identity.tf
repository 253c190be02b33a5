import {
  to = gitlabservices_asana.this
  identity = {
    project = "group/project"
  }
}
