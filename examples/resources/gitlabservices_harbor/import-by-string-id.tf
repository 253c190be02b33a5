import {
  to = gitlabservices_harbor.this
  id = "group/project"
}
