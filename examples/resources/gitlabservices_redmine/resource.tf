# The required arguments. All events that default to true trigger it.
resource "gitlabservices_redmine" "this" {
  project       = "group/project"
  new_issue_url = "https://redmine.example.com/issues/new"
  issues_url    = "https://redmine.example.com/issues/:id"
  project_url   = "https://redmine.example.com/projects/website"
}
