import {
  to = gitlabservices_pipelines_email.this
  id = "group/project"
}
