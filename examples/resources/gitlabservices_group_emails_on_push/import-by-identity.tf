import {
  to = gitlabservices_group_emails_on_push.this
  identity = {
    group = "group/subgroup"
  }
}
