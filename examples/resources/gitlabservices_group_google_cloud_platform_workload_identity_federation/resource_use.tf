# Each group signs in by a provider of its own, so that Google Cloud can
# distinguish them.
resource "gitlabservices_group_google_cloud_platform_workload_identity_federation" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group                                       = each.value
  workload_identity_federation_project_id     = "example-project"
  workload_identity_federation_project_number = "123456789012"
  workload_identity_pool_id                   = "gitlab-pool"
  workload_identity_pool_provider_id          = "gitlab-${each.key}"
}
