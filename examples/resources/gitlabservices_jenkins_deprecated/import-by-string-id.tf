import {
  to = gitlabservices_jenkins_deprecated.this
  id = "group/project"
}
