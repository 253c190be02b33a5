import {
  to = gitlabservices_jira_cloud_app.this
  id = "group/project"
}
