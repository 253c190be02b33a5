# What is required.
resource "gitlabservices_alerts" "this" {
  project = "group/project"
}
