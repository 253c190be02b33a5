import {
  to = gitlabservices_phorge.this
  id = "group/project"
}
