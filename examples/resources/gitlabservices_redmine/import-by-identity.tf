import {
  to = gitlabservices_redmine.this
  identity = {
    project = "group/project"
  }
}
