import {
  to = gitlabservices_asana.this
  id = "group/project"
}
