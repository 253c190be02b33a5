data "gitlabservices_service" "this" {
  project = "group/project"
  slug    = "brand-new"
}
