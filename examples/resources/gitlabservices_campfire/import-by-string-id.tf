import {
  to = gitlabservices_campfire.this
  id = "group/project"
}
