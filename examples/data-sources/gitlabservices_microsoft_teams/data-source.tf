data "gitlabservices_microsoft_teams" "this" {
  project = "group/project"
}
