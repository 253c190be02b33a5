import {
  to = gitlabservices_group_pipelines_email.this
  id = "group/subgroup"
}
