import {
  to = gitlabservices_gemnasium.this
  id = "group/project"
}
