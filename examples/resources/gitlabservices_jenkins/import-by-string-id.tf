import {
  to = gitlabservices_jenkins.this
  id = "group/project"
}
