# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_clickup" "this" {
  project     = "group/project"
  issues_url  = "https://app.clickup.com/issues/:id"
  project_url = "https://app.clickup.com/projects/website"
}
