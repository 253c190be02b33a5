# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_youtrack" "this" {
  group       = "group/subgroup"
  issues_url  = "https://youtrack.example.com/issues/:id"
  project_url = "https://youtrack.example.com/projects/website"
}
