# Several projects link to the issues of one workspace.
resource "gitlabservices_linear" "each" {
  for_each = {
    website = "acme/website"
    api     = "acme/api"
  }

  project       = each.value
  workspace_url = "https://linear.app/example"
}
