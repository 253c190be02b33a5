import {
  to = gitlabservices_emails_on_push.this
  id = "group/project"
}
