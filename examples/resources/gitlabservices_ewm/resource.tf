# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_ewm" "this" {
  project       = "group/project"
  new_issue_url = "https://ewm.example.com/issues/new"
  issues_url    = "https://ewm.example.com/issues/:id"
  project_url   = "https://ewm.example.com/projects/website"
}
