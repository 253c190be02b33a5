import {
  to = gitlabservices_external_wiki.this
  id = "group/project"
}
