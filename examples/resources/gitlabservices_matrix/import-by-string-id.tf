import {
  to = gitlabservices_matrix.this
  id = "group/project"
}
