import {
  to = gitlabservices_google_play.this
  id = "group/project"
}
