import {
  to = gitlabservices_linear.this
  id = "group/project"
}
