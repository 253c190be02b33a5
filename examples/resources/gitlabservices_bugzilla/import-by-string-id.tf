import {
  to = gitlabservices_bugzilla.this
  id = "group/project"
}
