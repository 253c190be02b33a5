import {
  to = gitlabservices_kubernetes.this
  identity = {
    project = "group/project"
  }
}
