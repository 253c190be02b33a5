import {
  to = gitlabservices_group_pipelines_email.this
  identity = {
    group = "group/subgroup"
  }
}
