import {
  to = gitlabservices_jira_cloud_app.this
  identity = {
    project = "group/project"
  }
}
