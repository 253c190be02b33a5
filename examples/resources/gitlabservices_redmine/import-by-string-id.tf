import {
  to = gitlabservices_redmine.this
  id = "group/project"
}
