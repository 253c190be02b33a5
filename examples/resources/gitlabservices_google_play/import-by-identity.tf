import {
  to = gitlabservices_google_play.this
  identity = {
    project = "group/project"
  }
}
