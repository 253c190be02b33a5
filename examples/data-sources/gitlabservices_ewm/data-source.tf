data "gitlabservices_ewm" "this" {
  project = "group/project"
}
