import {
  to = gitlabservices_zentao.this
  identity = {
    project = "group/project"
  }
}
