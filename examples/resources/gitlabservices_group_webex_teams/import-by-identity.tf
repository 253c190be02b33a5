import {
  to = gitlabservices_group_webex_teams.this
  identity = {
    group = "group/subgroup"
  }
}
