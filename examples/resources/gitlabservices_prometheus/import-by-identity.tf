import {
  to = gitlabservices_prometheus.this
  identity = {
    project = "group/project"
  }
}
