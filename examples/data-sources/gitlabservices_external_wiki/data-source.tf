data "gitlabservices_external_wiki" "this" {
  project = "group/project"
}
