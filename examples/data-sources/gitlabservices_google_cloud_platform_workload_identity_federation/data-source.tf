data "gitlabservices_google_cloud_platform_workload_identity_federation" "this" {
  project = "group/project"
}
