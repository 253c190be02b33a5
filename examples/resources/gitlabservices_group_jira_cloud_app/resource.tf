# What is required.
resource "gitlabservices_group_jira_cloud_app" "this" {
  group = "group/subgroup"
}
