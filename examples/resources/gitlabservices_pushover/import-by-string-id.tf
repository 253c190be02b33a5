import {
  to = gitlabservices_pushover.this
  id = "group/project"
}
