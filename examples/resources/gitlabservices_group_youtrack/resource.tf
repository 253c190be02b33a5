# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_youtrack" "this" {
  group       = "group/subgroup"
  issues_url  = "https://youtrack.example.com/issues/:id"
  project_url = "https://youtrack.example.com/projects/website"
}
