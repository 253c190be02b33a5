import {
  to = gitlabservices_flowdock.this
  id = "group/project"
}
