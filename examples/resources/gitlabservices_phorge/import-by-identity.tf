import {
  to = gitlabservices_phorge.this
  identity = {
    project = "group/project"
  }
}
