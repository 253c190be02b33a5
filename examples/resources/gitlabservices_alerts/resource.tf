# The required arguments.
resource "gitlabservices_alerts" "this" {
  project = "group/project"
}
