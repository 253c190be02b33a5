resource "gitlabservices_jira_cloud_app" "this" {
  project                                       = "group/project"
  jira_cloud_app_service_ids                    = "b:YXJpOmNsb3VkOmdyYXBoOjpzZXJ2aWNl"
  jira_cloud_app_deployment_gating_environments = "production,staging"
}
