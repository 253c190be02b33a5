import {
  to = gitlabservices_hangouts_chat.this
  identity = {
    project = "group/project"
  }
}
