import {
  to = gitlabservices_group_jenkins_deprecated.this
  identity = {
    group = "group/subgroup"
  }
}
