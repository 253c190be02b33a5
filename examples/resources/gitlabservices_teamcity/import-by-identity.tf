import {
  to = gitlabservices_teamcity.this
  identity = {
    project = "group/project"
  }
}
