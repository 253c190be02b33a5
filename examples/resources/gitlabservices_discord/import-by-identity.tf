import {
  to = gitlabservices_discord.this
  identity = {
    project = "group/project"
  }
}
