import {
  to = gitlabservices_ewm.this
  id = "group/project"
}
