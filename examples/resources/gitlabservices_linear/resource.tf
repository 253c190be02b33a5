# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_linear" "this" {
  project       = "group/project"
  workspace_url = "https://linear.app/example"
}
