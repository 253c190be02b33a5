import {
  to = gitlabservices_group_external_wiki.this
  identity = {
    group = "group/subgroup"
  }
}
