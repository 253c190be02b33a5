import {
  to = gitlabservices_alerts.this
  id = "group/project"
}
