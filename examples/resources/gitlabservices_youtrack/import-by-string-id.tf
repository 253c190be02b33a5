import {
  to = gitlabservices_youtrack.this
  id = "group/project"
}
