# The required arguments.
resource "gitlabservices_group_jira_cloud_app" "this" {
  group = "group/subgroup"
}
