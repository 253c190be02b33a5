import {
  to = gitlabservices_gemnasium.this
  identity = {
    project = "group/project"
  }
}
