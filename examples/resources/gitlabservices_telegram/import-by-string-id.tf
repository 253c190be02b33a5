import {
  to = gitlabservices_telegram.this
  id = "group/project"
}
