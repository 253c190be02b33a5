# Each group has a project of its own in YouTrack.
resource "gitlabservices_group_youtrack" "each" {
  for_each = {
    web    = "acme/web"
    mobile = "acme/mobile"
  }

  group       = each.value
  issues_url  = "https://youtrack.example.com/issue/:id"
  project_url = "https://youtrack.example.com/projects/${each.key}"
}
