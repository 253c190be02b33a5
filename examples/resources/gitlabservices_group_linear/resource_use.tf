# Several groups link to the issues of one workspace.
resource "gitlabservices_group_linear" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group         = each.value
  workspace_url = "https://linear.app/example"
}
