# The required arguments. All events that default to true trigger it.
resource "gitlabservices_clickup" "this" {
  project     = "group/project"
  issues_url  = "https://app.clickup.com/issues/:id"
  project_url = "https://app.clickup.com/projects/website"
}
