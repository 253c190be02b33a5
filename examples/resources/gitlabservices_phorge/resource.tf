# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_phorge" "this" {
  project     = "group/project"
  issues_url  = "https://phorge.example.com/issues/:id"
  project_url = "https://phorge.example.com/projects/website"
}
