import {
  to = gitlabservices_group_redmine.this
  identity = {
    group = "group/subgroup"
  }
}
