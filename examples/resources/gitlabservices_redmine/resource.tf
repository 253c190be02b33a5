# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_redmine" "this" {
  project       = "group/project"
  new_issue_url = "https://redmine.example.com/issues/new"
  issues_url    = "https://redmine.example.com/issues/:id"
  project_url   = "https://redmine.example.com/projects/website"
}
