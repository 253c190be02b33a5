# By the numeric id or the full path of the group.
terraform import gitlabservices_group_custom_issue_tracker.this 42
terraform import gitlabservices_group_custom_issue_tracker.this group/subgroup
