# The required arguments. All events that default to true trigger it.
resource "gitlabservices_youtrack" "this" {
  project     = "group/project"
  issues_url  = "https://youtrack.example.com/issues/:id"
  project_url = "https://youtrack.example.com/projects/website"
}
