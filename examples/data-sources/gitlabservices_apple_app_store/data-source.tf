data "gitlabservices_apple_app_store" "this" {
  project = "group/project"
}
