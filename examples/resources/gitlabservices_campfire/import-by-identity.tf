import {
  to = gitlabservices_campfire.this
  identity = {
    project = "group/project"
  }
}
