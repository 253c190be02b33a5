import {
  to = gitlabservices_group_discord.this
  id = "group/subgroup"
}
