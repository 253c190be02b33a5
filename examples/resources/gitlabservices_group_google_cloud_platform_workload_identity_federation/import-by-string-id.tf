import {
  to = gitlabservices_group_google_cloud_platform_workload_identity_federation.this
  id = "group/subgroup"
}
