import {
  to = gitlabservices_squash_tm.this
  id = "group/project"
}
