import {
  to = gitlabservices_discord.this
  id = "group/project"
}
