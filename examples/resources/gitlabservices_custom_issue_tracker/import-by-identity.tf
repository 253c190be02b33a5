import {
  to = gitlabservices_custom_issue_tracker.this
  identity = {
    project = "group/project"
  }
}
