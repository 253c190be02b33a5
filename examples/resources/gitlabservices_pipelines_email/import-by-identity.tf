import {
  to = gitlabservices_pipelines_email.this
  identity = {
    project = "group/project"
  }
}
