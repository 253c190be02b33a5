# Each project has a repository of its own in the registry.
resource "gitlabservices_google_cloud_platform_artifact_registry" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project                        = each.value
  artifact_registry_project_id   = "example-project"
  artifact_registry_repositories = each.key
  artifact_registry_location     = "europe-west1"
}
