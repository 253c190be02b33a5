# The required arguments.
resource "gitlabservices_jira_cloud_app" "this" {
  project = "group/project"
}
