data "gitlabservices_teamcity" "this" {
  project = "group/project"
}
