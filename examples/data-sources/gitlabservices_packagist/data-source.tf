data "gitlabservices_packagist" "this" {
  project = "group/project"
}
