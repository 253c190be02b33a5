import {
  to = gitlabservices_jira.this
  identity = {
    project = "group/project"
  }
}
