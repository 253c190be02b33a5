import {
  to = gitlabservices_group_microsoft_teams.this
  identity = {
    group = "group/subgroup"
  }
}
