import {
  to = gitlabservices_squash_tm.this
  identity = {
    project = "group/project"
  }
}
