# The required arguments. All events that default to true trigger it.
resource "gitlabservices_linear" "this" {
  project       = "group/project"
  workspace_url = "https://linear.app/example"
}
