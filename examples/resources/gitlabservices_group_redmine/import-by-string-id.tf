import {
  to = gitlabservices_group_redmine.this
  id = "group/subgroup"
}
