import {
  to = gitlabservices_matrix.this
  identity = {
    project = "group/project"
  }
}
