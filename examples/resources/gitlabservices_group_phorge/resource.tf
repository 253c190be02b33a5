# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_phorge" "this" {
  group       = "group/subgroup"
  issues_url  = "https://phorge.example.com/issues/:id"
  project_url = "https://phorge.example.com/projects/website"
}
