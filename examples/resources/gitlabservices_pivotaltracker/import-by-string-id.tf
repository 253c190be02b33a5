import {
  to = gitlabservices_pivotaltracker.this
  id = "group/project"
}
