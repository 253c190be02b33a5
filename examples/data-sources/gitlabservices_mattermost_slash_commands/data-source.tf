data "gitlabservices_mattermost_slash_commands" "this" {
  project = "group/project"
}
