import {
  to = gitlabservices_emails_on_push.this
  identity = {
    project = "group/project"
  }
}
