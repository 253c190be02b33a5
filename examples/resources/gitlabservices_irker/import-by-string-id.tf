import {
  to = gitlabservices_irker.this
  id = "group/project"
}
