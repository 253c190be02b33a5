# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_redmine" "this" {
  group         = "group/subgroup"
  new_issue_url = "https://redmine.example.com/issues/new"
  issues_url    = "https://redmine.example.com/issues/:id"
  project_url   = "https://redmine.example.com/projects/website"
}
