import {
  to = gitlabservices_shimo.this
  identity = {
    project = "group/project"
  }
}
