import {
  to = gitlabservices_shimo.this
  id = "group/project"
}
