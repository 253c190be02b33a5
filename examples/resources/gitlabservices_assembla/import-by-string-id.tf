import {
  to = gitlabservices_assembla.this
  id = "group/project"
}
