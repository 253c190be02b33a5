# The required arguments. All events that default to true trigger it.
resource "gitlabservices_ewm" "this" {
  project       = "group/project"
  new_issue_url = "https://ewm.example.com/issues/new"
  issues_url    = "https://ewm.example.com/issues/:id"
  project_url   = "https://ewm.example.com/projects/website"
}
