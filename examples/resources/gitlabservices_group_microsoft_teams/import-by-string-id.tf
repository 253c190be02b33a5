import {
  to = gitlabservices_group_microsoft_teams.this
  id = "group/subgroup"
}
