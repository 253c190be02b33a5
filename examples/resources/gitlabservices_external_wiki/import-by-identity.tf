import {
  to = gitlabservices_external_wiki.this
  identity = {
    project = "group/project"
  }
}
