import {
  to = gitlabservices_group_packagist.this
  id = "group/subgroup"
}
