import {
  to = gitlabservices_alerts.this
  identity = {
    project = "group/project"
  }
}
