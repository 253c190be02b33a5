import {
  to = gitlabservices_group_teamcity.this
  identity = {
    group = "group/subgroup"
  }
}
