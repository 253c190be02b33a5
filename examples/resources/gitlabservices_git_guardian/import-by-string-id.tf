import {
  to = gitlabservices_git_guardian.this
  id = "group/project"
}
