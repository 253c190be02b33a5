import {
  to = gitlabservices_group_emails_on_push.this
  id = "group/subgroup"
}
