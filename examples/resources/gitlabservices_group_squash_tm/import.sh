# By the numeric id or the full path of the group.
terraform import gitlabservices_group_squash_tm.this 42
terraform import gitlabservices_group_squash_tm.this group/subgroup
