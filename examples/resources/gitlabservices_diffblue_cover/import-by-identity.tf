import {
  to = gitlabservices_diffblue_cover.this
  identity = {
    project = "group/project"
  }
}
