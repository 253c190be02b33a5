resource "gitlabservices_group_linear" "this" {
  group         = "group/subgroup"
  workspace_url = "https://linear.app/example"
  push_events   = false
}
