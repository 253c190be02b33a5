import {
  to = gitlabservices_group_hangouts_chat.this
  identity = {
    group = "group/subgroup"
  }
}
