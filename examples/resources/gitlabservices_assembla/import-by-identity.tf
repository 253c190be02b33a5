import {
  to = gitlabservices_assembla.this
  identity = {
    project = "group/project"
  }
}
