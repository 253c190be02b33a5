# The required arguments. All events that default to true trigger it.
resource "gitlabservices_group_linear" "this" {
  group         = "group/subgroup"
  workspace_url = "https://linear.app/example"
}
