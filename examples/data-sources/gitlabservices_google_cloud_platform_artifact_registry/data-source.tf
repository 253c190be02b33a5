data "gitlabservices_google_cloud_platform_artifact_registry" "this" {
  project = "group/project"
}
