import {
  to = gitlabservices_packagist.this
  id = "group/project"
}
