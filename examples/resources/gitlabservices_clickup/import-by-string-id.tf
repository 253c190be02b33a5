import {
  to = gitlabservices_clickup.this
  id = "group/project"
}
