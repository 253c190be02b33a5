# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_custom_issue_tracker" "this" {
  project       = "group/project"
  new_issue_url = "https://tracker.example.com/issues/new"
  issues_url    = "https://tracker.example.com/issues/:id"
  project_url   = "https://tracker.example.com/projects/website"
}
