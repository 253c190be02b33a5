# The required arguments.
resource "gitlabservices_group_google_cloud_platform_workload_identity_federation" "this" {
  group                                       = "group/subgroup"
  workload_identity_federation_project_id     = "example-project"
  workload_identity_federation_project_number = "123456789012"
  workload_identity_pool_id                   = "gitlab-pool"
  workload_identity_pool_provider_id          = "gitlab-provider"
}
