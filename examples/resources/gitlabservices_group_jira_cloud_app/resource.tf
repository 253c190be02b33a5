resource "gitlabservices_group_jira_cloud_app" "this" {
  group                                         = "group/subgroup"
  jira_cloud_app_service_ids                    = "b:YXJpOmNsb3VkOmdyYXBoOjpzZXJ2aWNl"
  jira_cloud_app_deployment_gating_environments = "production,staging"
}
