import {
  to = gitlabservices_group_custom_issue_tracker.this
  identity = {
    group = "group/subgroup"
  }
}
