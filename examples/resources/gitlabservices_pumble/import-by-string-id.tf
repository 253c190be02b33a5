import {
  to = gitlabservices_pumble.this
  id = "group/project"
}
