data "gitlabservices_phorge" "this" {
  project = "group/project"
}
