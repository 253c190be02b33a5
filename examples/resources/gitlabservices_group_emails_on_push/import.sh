# By the numeric id or the full path of the group.
terraform import gitlabservices_group_emails_on_push.this 42
terraform import gitlabservices_group_emails_on_push.this group/subgroup
