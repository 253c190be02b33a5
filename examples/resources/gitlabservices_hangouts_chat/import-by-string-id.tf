import {
  to = gitlabservices_hangouts_chat.this
  id = "group/project"
}
