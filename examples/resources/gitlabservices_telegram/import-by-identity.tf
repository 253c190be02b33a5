import {
  to = gitlabservices_telegram.this
  identity = {
    project = "group/project"
  }
}
