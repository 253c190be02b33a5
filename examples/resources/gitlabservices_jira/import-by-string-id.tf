import {
  to = gitlabservices_jira.this
  id = "group/project"
}
