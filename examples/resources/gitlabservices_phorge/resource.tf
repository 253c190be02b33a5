# The required arguments. All events that default to true trigger it.
resource "gitlabservices_phorge" "this" {
  project     = "group/project"
  issues_url  = "https://phorge.example.com/issues/:id"
  project_url = "https://phorge.example.com/projects/website"
}
