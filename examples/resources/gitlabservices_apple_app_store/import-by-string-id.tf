import {
  to = gitlabservices_apple_app_store.this
  id = "group/project"
}
