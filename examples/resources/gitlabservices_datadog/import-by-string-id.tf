import {
  to = gitlabservices_datadog.this
  id = "group/project"
}
