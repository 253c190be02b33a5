import {
  to = gitlabservices_group_external_wiki.this
  id = "group/subgroup"
}
