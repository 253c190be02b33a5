import {
  to = gitlabservices_bamboo.this
  identity = {
    project = "group/project"
  }
}
