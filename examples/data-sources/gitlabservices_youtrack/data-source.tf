data "gitlabservices_youtrack" "this" {
  project = "group/project"
}
