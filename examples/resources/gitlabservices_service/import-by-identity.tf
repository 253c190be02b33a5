import {
  to = gitlabservices_service.this
  identity = {
    project = "group/project"
    slug    = "brand-new"
  }
}
