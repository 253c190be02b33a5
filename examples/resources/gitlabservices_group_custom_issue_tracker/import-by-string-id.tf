import {
  to = gitlabservices_group_custom_issue_tracker.this
  id = "group/subgroup"
}
