import {
  to = gitlabservices_packagist.this
  identity = {
    project = "group/project"
  }
}
