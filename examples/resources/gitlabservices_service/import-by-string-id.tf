import {
  to = gitlabservices_service.this
  id = "group/project:brand-new"
}
