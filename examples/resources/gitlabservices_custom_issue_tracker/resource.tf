# The required arguments. All events that default to true trigger it.
resource "gitlabservices_custom_issue_tracker" "this" {
  project       = "group/project"
  new_issue_url = "https://tracker.example.com/issues/new"
  issues_url    = "https://tracker.example.com/issues/:id"
  project_url   = "https://tracker.example.com/projects/website"
}
