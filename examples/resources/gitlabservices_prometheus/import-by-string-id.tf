import {
  to = gitlabservices_prometheus.this
  id = "group/project"
}
