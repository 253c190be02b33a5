# The required arguments. All events that default to true trigger it.
resource "gitlabservices_bugzilla" "this" {
  project       = "group/project"
  new_issue_url = "https://bugzilla.example.com/issues/new"
  issues_url    = "https://bugzilla.example.com/issues/:id"
  project_url   = "https://bugzilla.example.com/projects/website"
}
