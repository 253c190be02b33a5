data "gitlabservices_telegram" "this" {
  project = "group/project"
}
