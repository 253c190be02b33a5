data "gitlabservices_slack_slash_commands" "this" {
  project = "group/project"
}
