import {
  to = gitlabservices_apple_app_store.this
  identity = {
    project = "group/project"
  }
}
