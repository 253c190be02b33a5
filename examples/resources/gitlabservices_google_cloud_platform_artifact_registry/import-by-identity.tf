import {
  to = gitlabservices_google_cloud_platform_artifact_registry.this
  identity = {
    project = "group/project"
  }
}
