# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_clickup" "this" {
  group       = "group/subgroup"
  issues_url  = "https://app.clickup.com/issues/:id"
  project_url = "https://app.clickup.com/projects/website"
}
