data "gitlabservices_google_play" "this" {
  project = "group/project"
}
