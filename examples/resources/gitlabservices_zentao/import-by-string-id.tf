import {
  to = gitlabservices_zentao.this
  id = "group/project"
}
