import {
  to = gitlabservices_group_git_guardian.this
  identity = {
    group = "group/subgroup"
  }
}
