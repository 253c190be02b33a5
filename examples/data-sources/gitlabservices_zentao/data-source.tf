data "gitlabservices_zentao" "this" {
  project = "group/project"
}
