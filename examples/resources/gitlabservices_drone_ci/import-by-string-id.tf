import {
  to = gitlabservices_drone_ci.this
  id = "group/project"
}
