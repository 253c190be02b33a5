# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_clickup" "this" {
  group       = "group/subgroup"
  issues_url  = "https://app.clickup.com/issues/:id"
  project_url = "https://app.clickup.com/projects/website"
}
