import {
  to = gitlabservices_group_discord.this
  identity = {
    group = "group/subgroup"
  }
}
