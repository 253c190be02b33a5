import {
  to = gitlabservices_group_webex_teams.this
  id = "group/subgroup"
}
