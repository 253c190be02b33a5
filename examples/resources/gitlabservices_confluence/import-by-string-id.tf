import {
  to = gitlabservices_confluence.this
  id = "group/project"
}
