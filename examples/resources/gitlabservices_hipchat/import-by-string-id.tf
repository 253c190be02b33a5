import {
  to = gitlabservices_hipchat.this
  id = "group/project"
}
