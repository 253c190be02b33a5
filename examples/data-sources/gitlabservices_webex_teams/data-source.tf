data "gitlabservices_webex_teams" "this" {
  project = "group/project"
}
