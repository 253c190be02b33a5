# What is required. It is triggered by all events whose default is true.
resource "gitlabservices_group_linear" "this" {
  group         = "group/subgroup"
  workspace_url = "https://linear.app/example"
}
