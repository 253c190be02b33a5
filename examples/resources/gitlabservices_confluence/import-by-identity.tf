import {
  to = gitlabservices_confluence.this
  identity = {
    project = "group/project"
  }
}
