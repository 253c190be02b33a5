import {
  to = gitlabservices_custom_issue_tracker.this
  id = "group/project"
}
