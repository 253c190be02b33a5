# Deployments to production and staging wait until the change request in Jira is
# approved.
resource "gitlabservices_group_jira_cloud_app" "web" {
  group                                         = "acme/web"
  jira_cloud_app_service_ids                    = "b:YXJpOmNsb3VkOmdyYXBoOjpzZXJ2aWNl"
  jira_cloud_app_enable_deployment_gating       = true
  jira_cloud_app_deployment_gating_environments = "production,staging"
}
