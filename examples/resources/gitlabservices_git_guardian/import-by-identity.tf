import {
  to = gitlabservices_git_guardian.this
  identity = {
    project = "group/project"
  }
}
