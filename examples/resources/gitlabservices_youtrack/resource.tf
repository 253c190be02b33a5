# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_youtrack" "this" {
  project     = "group/project"
  issues_url  = "https://youtrack.example.com/issues/:id"
  project_url = "https://youtrack.example.com/projects/website"
}
