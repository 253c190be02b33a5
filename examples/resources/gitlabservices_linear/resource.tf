resource "gitlabservices_linear" "this" {
  project       = "group/project"
  workspace_url = "https://linear.app/example"
  push_events   = false
}
