import {
  to = gitlabservices_group_teamcity.this
  id = "group/subgroup"
}
