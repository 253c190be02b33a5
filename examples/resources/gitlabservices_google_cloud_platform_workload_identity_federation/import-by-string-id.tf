import {
  to = gitlabservices_google_cloud_platform_workload_identity_federation.this
  id = "group/project"
}
