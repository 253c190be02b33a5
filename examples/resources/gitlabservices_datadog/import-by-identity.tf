import {
  to = gitlabservices_datadog.this
  identity = {
    project = "group/project"
  }
}
