import {
  to = gitlabservices_group_hangouts_chat.this
  id = "group/subgroup"
}
