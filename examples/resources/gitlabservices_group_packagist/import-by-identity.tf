import {
  to = gitlabservices_group_packagist.this
  identity = {
    group = "group/subgroup"
  }
}
