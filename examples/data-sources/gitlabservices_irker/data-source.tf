data "gitlabservices_irker" "this" {
  project = "group/project"
}
