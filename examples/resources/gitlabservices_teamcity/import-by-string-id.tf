import {
  to = gitlabservices_teamcity.this
  id = "group/project"
}
