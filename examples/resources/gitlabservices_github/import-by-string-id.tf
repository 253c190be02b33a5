import {
  to = gitlabservices_github.this
  id = "group/project"
}
