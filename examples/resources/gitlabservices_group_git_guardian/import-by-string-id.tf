import {
  to = gitlabservices_group_git_guardian.this
  id = "group/subgroup"
}
