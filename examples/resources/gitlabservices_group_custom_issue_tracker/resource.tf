# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_custom_issue_tracker" "this" {
  group         = "group/subgroup"
  new_issue_url = "https://tracker.example.com/issues/new"
  issues_url    = "https://tracker.example.com/issues/:id"
  project_url   = "https://tracker.example.com/projects/website"
}
