import {
  to = gitlabservices_diffblue_cover.this
  id = "group/project"
}
