# The required arguments.
resource "gitlabservices_google_cloud_platform_artifact_registry" "this" {
  project                        = "group/project"
  artifact_registry_project_id   = "example-project"
  artifact_registry_repositories = "website"
  artifact_registry_location     = "europe-west1"
}
