import {
  to = gitlabservices_bamboo.this
  id = "group/project"
}
