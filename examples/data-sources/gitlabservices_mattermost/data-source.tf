data "gitlabservices_mattermost" "this" {
  project = "group/project"
}
