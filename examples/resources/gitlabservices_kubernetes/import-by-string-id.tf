import {
  to = gitlabservices_kubernetes.this
  id = "group/project"
}
