import {
  to = gitlabservices_group_jenkins_deprecated.this
  id = "group/subgroup"
}
