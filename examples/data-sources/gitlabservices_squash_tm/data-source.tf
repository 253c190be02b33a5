data "gitlabservices_squash_tm" "this" {
  project = "group/project"
}
